package io.lightvessel.fleet;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;

/** Makes text from agents fit to be kept: bounded, and without the character no database stores. */
final class Texts {
    private Texts() {}

    static String bounded(String text, int limit) {
        String kept = text.length() <= limit ? text : text.substring(0, cut(text, limit - 1)) + "…";
        return kept.indexOf('\0') < 0 ? kept : kept.replace("\0", "");
    }

    static String bounded(ByteString utf8, int limit) {
        return bounded(utf8.toString(StandardCharsets.UTF_8), limit);
    }

    // Half a surrogate pair is not storable either.
    private static int cut(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
    }
}
