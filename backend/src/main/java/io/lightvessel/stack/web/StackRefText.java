package io.lightvessel.stack.web;

import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.PlatformError;
import io.lightvessel.stack.StackRef;
import io.lightvessel.stack.StackSpec;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which stack of a cluster a parameter means. */
final class StackRefText {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final String DRAFT = "draft:";

    private StackRefText() {}

    static StackRef parse(String parameter, String text, @Nullable StackSpec given) {
        if (NUMBER.matcher(text).matches()) {
            return new StackRef.Revision(Integer.parseInt(text));
        }
        if (text.equals("given") && given != null) {
            return new StackRef.Given(given);
        }
        if (text.startsWith(DRAFT)) {
            try {
                return new StackRef.OfDraft(UUID.fromString(text.substring(DRAFT.length())));
            } catch (IllegalArgumentException e) {
                throw malformed(parameter, text, e);
            }
        }
        return switch (text) {
            case "latest" -> new StackRef.Latest();
            case "desired" -> new StackRef.Desired();
            default -> throw malformed(parameter, text, null);
        };
    }

    private static LightvesselException malformed(String parameter, String text, @Nullable Throwable cause) {
        String detail = text.equals("given")
                ? parameter + ": given, without a body (expected: a stack as the body)"
                : "%s: %s (expected: a revision's number, latest, desired, draft: and an id, or given)"
                        .formatted(parameter, text);
        LightvesselException malformed = new LightvesselException(
                PlatformError.MALFORMED_REQUEST,
                detail,
                List.of(new FieldError("?" + parameter, "invalid_parameter", detail)));
        if (cause != null) {
            malformed.initCause(cause);
        }
        return malformed;
    }
}
