// Scripts and styles of the pages that analyses are shown on, built in: they are put into each page whole, so that it
// needs nothing else.
#include "include/CAnalysisPages.h"

#include <string.h>

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char cluster_css[] = {
#embed "pages/cluster.css"
};
static const unsigned char cluster_groups_js[] = {
#embed "pages/cluster-groups.js"
};
static const unsigned char cluster_js[] = {
#embed "pages/cluster.js"
};
static const unsigned char explain_css[] = {
#embed "pages/explain.css"
};
static const unsigned char map_card_js[] = {
#embed "pages/map-card.js"
};
static const unsigned char map_data_js[] = {
#embed "pages/map-data.js"
};
static const unsigned char map_matrix_js[] = {
#embed "pages/map-matrix.js"
};
static const unsigned char map_people_js[] = {
#embed "pages/map-people.js"
};
static const unsigned char map_view_js[] = {
#embed "pages/map-view.js"
};
static const unsigned char map_css[] = {
#embed "pages/map.css"
};
static const unsigned char map_js[] = {
#embed "pages/map.js"
};

static const struct fp_analysis_file files[] = {
    {"cluster.css", cluster_css, sizeof cluster_css},
    {"cluster-groups.js", cluster_groups_js, sizeof cluster_groups_js},
    {"cluster.js", cluster_js, sizeof cluster_js},
    {"explain.css", explain_css, sizeof explain_css},
    {"map-card.js", map_card_js, sizeof map_card_js},
    {"map-data.js", map_data_js, sizeof map_data_js},
    {"map-matrix.js", map_matrix_js, sizeof map_matrix_js},
    {"map-people.js", map_people_js, sizeof map_people_js},
    {"map-view.js", map_view_js, sizeof map_view_js},
    {"map.css", map_css, sizeof map_css},
    {"map.js", map_js, sizeof map_js},
};

const struct fp_analysis_file *fp_analysis_file(const char *name) {
    for (unsigned long i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (strcmp(files[i].name, name) == 0) return &files[i];
    }
    return 0;
}
