#ifndef CANALYSISPAGES_H
#define CANALYSISPAGES_H

/// A script or style sheet of the pages that analyses are shown on, as it was when this was built.
struct fp_analysis_file {
    /// Such as "map.js".
    const char *name;
    const unsigned char *bytes;
    unsigned long count;
};

/// The file of that name; NULL where there is none.
const struct fp_analysis_file *fp_analysis_file(const char *name);

#endif
