package io.lightvessel.config;

/** Where the rule of one component says what it found. */
public final class RuleReport {

    private final Report report;
    private final String path;
    private final int line;

    RuleReport(Report report, String path, int line) {
        this.report = report;
        this.path = path;
        this.line = line;
    }

    /**
     * @param key the key the finding is about, as a path below the component ({@code retry_on_failure::enabled}); empty for
     *     the component as a whole
     */
    public void error(String key, String message) {
        report.error(at(key), report.lineOf(at(key), line), message);
    }

    /** Like {@link #error}, for what works but is probably not meant. */
    public void warning(String key, String message) {
        report.warning(at(key), report.lineOf(at(key), line), message);
    }

    private String at(String key) {
        return key.isEmpty() ? path : Report.path(path, key);
    }
}
