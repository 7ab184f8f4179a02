package io.lightvessel.gateway.targets;

/** Labels with a meaning of their own, which go before anything is scraped. */
public final class InternalLabels {

    public static final String PREFIX = "__";
    public static final String META_PREFIX = "__meta_";
    public static final String TEMPORARY_PREFIX = "__tmp";
    public static final String PARAM_PREFIX = "__param_";
    public static final String ADDRESS = "__address__";
    public static final String SCHEME = "__scheme__";
    public static final String METRICS_PATH = "__metrics_path__";
    public static final String INTERVAL = "__scrape_interval__";
    public static final String TIMEOUT = "__scrape_timeout__";
    public static final String UNIX_SOCKET = "__unix_socket__";
    public static final String JOB = "job";
    public static final String INSTANCE = "instance";

    private InternalLabels() {}
}
