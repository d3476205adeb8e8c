// libcurl, loaded when it is first needed and not linked: with the thirty libraries that it brings
// it would cost each start of the program 4 ms, and only who asks something of a server needs it.
#include <curl/curl.h>
#include <dlfcn.h>
#include <stddef.h>

struct ccurl {
    __typeof__(curl_global_init) *global_init;
    __typeof__(curl_easy_init) *easy_init;
    __typeof__(curl_easy_reset) *easy_reset;
    __typeof__(curl_easy_cleanup) *easy_cleanup;
    __typeof__(curl_easy_strerror) *easy_strerror;
    __typeof__(curl_easy_setopt) *easy_setopt;
    __typeof__(curl_easy_getinfo) *easy_getinfo;
    __typeof__(curl_slist_append) *slist_append;
    __typeof__(curl_slist_free_all) *slist_free_all;
    __typeof__(curl_multi_init) *multi_init;
    __typeof__(curl_multi_cleanup) *multi_cleanup;
    __typeof__(curl_multi_add_handle) *multi_add_handle;
    __typeof__(curl_multi_remove_handle) *multi_remove_handle;
    __typeof__(curl_multi_perform) *multi_perform;
    __typeof__(curl_multi_poll) *multi_poll;
    __typeof__(curl_multi_info_read) *multi_info_read;
};

// Fills the table. What couldn't be loaded, in the loader's words; NULL: all is there.
static inline const char *ccurl_load(struct ccurl *curl) {
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) return dlerror();
#define CCURL_FIND(name) \
    if (!(curl->name = (__typeof__(curl->name))dlsym(library, "curl_" #name))) return dlerror();
    CCURL_FIND(global_init)
    CCURL_FIND(easy_init)
    CCURL_FIND(easy_reset)
    CCURL_FIND(easy_cleanup)
    CCURL_FIND(easy_strerror)
    CCURL_FIND(easy_setopt)
    CCURL_FIND(easy_getinfo)
    CCURL_FIND(slist_append)
    CCURL_FIND(slist_free_all)
    CCURL_FIND(multi_init)
    CCURL_FIND(multi_cleanup)
    CCURL_FIND(multi_add_handle)
    CCURL_FIND(multi_remove_handle)
    CCURL_FIND(multi_perform)
    CCURL_FIND(multi_poll)
    CCURL_FIND(multi_info_read)
#undef CCURL_FIND
    // CURL_GLOBAL_ALL is a macro of macros.
    return curl->global_init(CURL_GLOBAL_ALL) ? "curl_global_init failed" : NULL;
}

// Variadic calls.
static inline CURLcode ccurl_set_long(
    const struct ccurl *curl, CURL *easy, CURLoption option, long value) {
    return curl->easy_setopt(easy, option, value);
}
static inline CURLcode ccurl_set_size(
    const struct ccurl *curl, CURL *easy, CURLoption option, curl_off_t value) {
    return curl->easy_setopt(easy, option, value);
}
static inline CURLcode ccurl_set_text(
    const struct ccurl *curl, CURL *easy, CURLoption option, const char *value) {
    return curl->easy_setopt(easy, option, value);
}
static inline CURLcode ccurl_set_pointer(
    const struct ccurl *curl, CURL *easy, CURLoption option, void *value) {
    return curl->easy_setopt(easy, option, value);
}
static inline CURLcode ccurl_set_writer(
    const struct ccurl *curl, CURL *easy, CURLoption option, curl_write_callback value) {
    return curl->easy_setopt(easy, option, value);
}
static inline CURLcode ccurl_get_long(
    const struct ccurl *curl, CURL *easy, CURLINFO info, long *value) {
    return curl->easy_getinfo(easy, info, value);
}
// In a union.
static inline CURLcode ccurl_result(const CURLMsg *message) { return message->data.result; }
