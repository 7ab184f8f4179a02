package io.lightvessel.render.pipeline;

import java.util.List;

/** Where records come from. */
public sealed interface Source {

    /** Where the stack speaks of it. */
    String path();

    /** Producers send OTLP. */
    record Otlp(int grpcPort, int httpPort) implements Source {
        @Override
        public String path() {
            return "gateway.receivers.otlp";
        }
    }

    /** Producers send spans as Jaeger's clients do. */
    record Jaeger(int grpcPort, int thriftHttpPort) implements Source {
        @Override
        public String path() {
            return "gateway.receivers.jaeger";
        }
    }

    /** Producers send spans as Zipkin's clients do. */
    record Zipkin(int port) implements Source {
        @Override
        public String path() {
            return "gateway.receivers.zipkin";
        }
    }

    /** Targets are asked for their metrics. */
    record Scrape(String interval, List<MetricTargets> targets) implements Source {
        public Scrape {
            targets = List.copyOf(targets);
        }

        @Override
        public String path() {
            return "gateway.scraping";
        }
    }

    /** Targets are asked for their profiles. */
    record ProfilePull(String interval, List<FetchJob> jobs) implements Source {
        public ProfilePull {
            jobs = List.copyOf(jobs);
        }

        @Override
        public String path() {
            return "gateway.profiles";
        }
    }

    /** What containers write, from the node's files. */
    record PodLogs(io.lightvessel.stack.PodLogs logs) implements Source {
        @Override
        public String path() {
            return "collector.podLogs";
        }
    }

    /** Every process of the node, looked at many times a second. */
    record NodeProfiles(io.lightvessel.stack.NodeProfiles profiles) implements Source {
        @Override
        public String path() {
            return "collector.profiles";
        }
    }
}
