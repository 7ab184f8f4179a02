package io.lightvessel.platform;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How many items to return and after which key to start. */
public record PageRequest(int size, @Nullable String after) {
    public static final int DEFAULT_SIZE = 50;
    public static final int MAX_SIZE = 200;

    /** Before all ids. */
    private static final UUID NO_ID = new UUID(0, 0);

    public static final PageRequest FIRST = new PageRequest(DEFAULT_SIZE, null);

    /** Reads the query parameters {@code pageSize} and {@code pageToken}. */
    public static PageRequest parse(@Nullable Integer pageSize, @Nullable String pageToken) {
        int size = pageSize == null ? DEFAULT_SIZE : pageSize;
        if (size < 1 || size > MAX_SIZE) {
            throw malformed("pageSize", "pageSize: " + size + " (expected: 1.." + MAX_SIZE + ")");
        }
        return new PageRequest(size, pageToken == null ? null : key(pageToken));
    }

    /** The key of a list that counts down by number. @param first what no number reaches, for the first page */
    public int before(int first) {
        return key(Integer::valueOf, first);
    }

    /** As {@link #before(int)}, for lists that may grow longer. */
    public long before(long first) {
        return key(Long::valueOf, first);
    }

    /** The key of a list by id. */
    public UUID afterId() {
        return key(UUID::fromString, NO_ID);
    }

    /** What to throw for a token that another list gave. */
    public LightvesselException foreign() {
        return foreign(after == null ? "nothing" : token(after));
    }

    private <T> T key(Function<String, T> parser, T first) {
        if (after == null) {
            return first;
        }
        try {
            return parser.apply(after);
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
    }

    static String token(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw foreign(token);
        }
    }

    private static LightvesselException foreign(String token) {
        return malformed("pageToken", "pageToken: " + token + " (expected: a nextPageToken of this list)");
    }

    private static LightvesselException malformed(String parameter, String detail) {
        return new LightvesselException(
                PlatformError.MALFORMED_REQUEST,
                detail,
                List.of(new FieldError("?" + parameter, "invalid_parameter", detail)));
    }
}
