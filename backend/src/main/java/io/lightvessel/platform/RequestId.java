package io.lightvessel.platform;

import java.util.UUID;

/** Names the request that is being served, in its answer's header, in its problem, in the log and in the audit log. */
public final class RequestId {
    public static final String HEADER = "X-Request-Id";

    private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private RequestId() {}

    /** The running request's; work that no request asked for gets one of its own. */
    public static String current() {
        return CURRENT.isBound() ? CURRENT.get() : create();
    }

    public static String create() {
        return "urn:uuid:" + UUID.randomUUID();
    }

    public static ScopedValue.Carrier bind(String id) {
        return ScopedValue.where(CURRENT, id);
    }
}
