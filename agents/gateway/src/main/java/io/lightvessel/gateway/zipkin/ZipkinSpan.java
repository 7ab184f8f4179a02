package io.lightvessel.gateway.zipkin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A span as Zipkin describes it, while it is being read; times are microseconds, absent ones zero. */
final class ZipkinSpan {

    /** Where a span ran or whom it talked to; empty texts and port 0 for unknown. */
    record Place(String serviceName, String ip, int port) {
        static final Place UNKNOWN = new Place("", "", 0);
    }

    /** Something that happened at a time. */
    record Annotation(long timestamp, String value) {}

    long traceIdHigh;
    long traceIdLow;
    long parentId;
    long id;
    String kind = "";
    String name = "";
    long timestamp;
    long duration;
    Place local = Place.UNKNOWN;
    Place remote = Place.UNKNOWN;
    final List<Annotation> annotations = new ArrayList<>();
    final Map<String, String> tags = new LinkedHashMap<>();
}
