package io.lightvessel.demo;

import io.lightvessel.stack.StaticJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs of the demo, from one setting, and how they go into a stack that people may have changed. */
final class DemoJobs {

    private DemoJobs() {}

    /** Reads {@code name=host:port,host:port;name=...}. */
    static Map<String, List<String>> parse(String text) {
        Map<String, List<String>> jobs = new LinkedHashMap<>();
        for (String job : text.split(";")) {
            if (job.isBlank()) {
                continue;
            }
            int equals = job.indexOf('=');
            if (equals <= 0 || equals == job.length() - 1) {
                throw new IllegalArgumentException("job: " + job + " (expected: name=host:port,host:port)");
            }
            jobs.put(
                    job.substring(0, equals).strip(),
                    Arrays.stream(job.substring(equals + 1).split(","))
                            .map(String::strip)
                            .toList());
        }
        return jobs;
    }

    /** A new stack gets all; in one that exists addresses are renewed, and a job that was removed stays away. */
    static List<StaticJob> merge(List<StaticJob> before, Map<String, List<String>> wanted, boolean isNew) {
        List<StaticJob> jobs = new ArrayList<>();
        for (StaticJob job : before) {
            List<String> targets = wanted.get(job.name());
            jobs.add(targets == null ? job : new StaticJob(job.name(), targets, job.path(), job.tls()));
        }
        if (isNew) {
            wanted.forEach((name, targets) -> jobs.add(new StaticJob(name, targets, null, false)));
        }
        return jobs;
    }
}
