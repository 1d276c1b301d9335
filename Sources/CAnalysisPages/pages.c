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
    {"map.css", map_css, sizeof map_css},
    {"map.js", map_js, sizeof map_js},
};

const struct fp_analysis_file *fp_analysis_file(const char *name) {
    for (unsigned long i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (strcmp(files[i].name, name) == 0) return &files[i];
    }
    return 0;
}
