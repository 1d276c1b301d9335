#ifndef CPAGES_H
#define CPAGES_H

/// A file of the server's web pages, as it was when this was built.
struct fp_page {
    /// The path that it is asked for by, such as "/door" or "/assets/door.js".
    const char *name;
    /// Its content type.
    const char *type;
    const unsigned char *bytes;
    unsigned long count;
};

/// A page by its number; NULL from the count on.
const struct fp_page *fp_page_at(unsigned long number);
extern const unsigned long fp_page_count;

#endif
