// librdkafka, loaded when it is first needed and not linked: with the libraries that it brings it
// would cost each start of the program, and only who reads from Kafka needs it.
#include <dlfcn.h>
#include <librdkafka/rdkafka.h>
#include <stddef.h>

#define CRDKAFKA_FUNCTIONS(each) \
    each(conf_new) each(conf_destroy) each(conf_set) each(conf_set_opaque) \
    each(conf_set_error_cb) each(conf_set_stats_cb) each(conf_set_log_cb) \
    each(new) each(destroy) each(destroy_flags) each(poll) each(err2str) each(last_error) \
    each(topic_new) each(topic_destroy) each(topic_name) \
    each(queue_new) each(queue_destroy) each(queue_get_consumer) each(queue_io_event_enable) \
    each(consume_start_queue) each(consume_stop) each(consume_batch_queue) each(message_destroy) \
    each(message_timestamp) each(message_headers) each(header_get_all) each(metadata) \
    each(metadata_destroy) each(query_watermark_offsets) each(offsets_for_times) \
    each(topic_partition_list_new) each(topic_partition_list_add) \
    each(topic_partition_list_destroy) each(subscribe) each(offsets_store) each(consumer_close) \
    each(committed) each(list_groups) each(group_list_destroy)

struct crdkafka {
#define CRDKAFKA_FIELD(name) __typeof__(rd_kafka_##name) *name;
    CRDKAFKA_FUNCTIONS(CRDKAFKA_FIELD)
#undef CRDKAFKA_FIELD
};

// Fills the table. What couldn't be loaded, in the loader's words; NULL: all is there.
static inline const char *crdkafka_load(struct crdkafka *kafka) {
    void *library = dlopen("librdkafka.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!library) return dlerror();
#define CRDKAFKA_FIND(name) \
    if (!(kafka->name = (__typeof__(kafka->name))dlsym(library, "rd_kafka_" #name))) \
        return dlerror();
    CRDKAFKA_FUNCTIONS(CRDKAFKA_FIND)
#undef CRDKAFKA_FIND
    return NULL;
}
