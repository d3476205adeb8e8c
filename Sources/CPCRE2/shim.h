// PCRE2's names carry the code unit width, which a macro chooses.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
