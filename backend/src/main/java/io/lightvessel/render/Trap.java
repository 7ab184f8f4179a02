package io.lightvessel.render;

/** A known way to lose telemetry, money or secrets by a stack that is valid all the same. */
enum Trap {
    NO_MEMORY_LIMIT(
            "No memory limit",
            "Collectors and Alloy hold what backends do not take, until they are killed for it. Lightvessel's agents have a budget of their own.",
            "Enable gateway.processors.memoryLimiter."),
    MEMORY_LIMIT_NOT_FIRST(
            "The memory limit is not the first step",
            "What comes before it has been paid for in memory when it refuses.",
            "Name memory_limiter first among the pipeline's processors."),
    BATCH_BEFORE_SAMPLING(
            "Batches before sampling",
            "Batches are made of traces that are thrown away a step later, and what is left are small ones.",
            "Name batch after the sampling processors."),
    BATCHES_WITHOUT_BOUND(
            "Batches without an upper bound",
            "A full pipeline makes one request of all it holds, and receivers refuse what is beyond their limit, 4 MiB for most of gRPC.",
            "Set gateway.batch.sendBatchMaxSize to 20000 or less."),
    ENDLESS_VALUES(
            "An attribute with endless values",
            "Each value of an attribute of metrics is a series of its own, which backends keep in memory.",
            "Delete or hash the attribute, or set it by OTTL for traces and logs only."),
    PLAINTEXT_TO_THE_INTERNET(
            "Plaintext to a public address",
            "Telemetry and the credentials with it can be read and changed on the way.",
            "Use https, or TLS for gRPC."),
    SHORTER_THAN_TIMEOUT(
            "Targets are scraped more often than they may take to answer",
            "A scrape must end before the next, so the usual timeout of 10s shrinks to the interval, and slow targets count as down.",
            "Set gateway.scraping.interval to 10s or more."),
    SENT_TWICE(
            "Two destinations are the same system",
            "Everything is stored and paid for twice, and rates double where it is not told apart.",
            "Remove one of them, or give each signals of its own."),
    TOO_MANY_LABELS(
            "More than 15 labels for Loki",
            "Loki refuses lines with more than 15 labels unless told otherwise; the pod's three come on top of the stack's.",
            "Set fewer attributes on what nodes collect.");

    private final String title;
    private final String why;
    private final String fix;

    Trap(String title, String why, String fix) {
        this.title = title;
        this.why = why;
        this.fix = fix;
    }

    String title() {
        return title;
    }

    String why() {
        return why;
    }

    String fix() {
        return fix;
    }
}
