package io.lightvessel.pipeline.attributes;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A condition on a text that is one of several, or contains one of several patterns. */
interface TextMatch {

    boolean matches(byte[] bytes, int from, int to);

    default boolean matches(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return matches(utf8, 0, utf8.length);
    }

    /** @param regexp whether the texts are patterns, to be found anywhere */
    static TextMatch of(boolean regexp, List<String> texts) {
        if (regexp) {
            return new TextPattern(texts.stream().map(Pattern::compile).toList());
        }
        List<byte[]> wanted = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        return (bytes, from, to) -> {
            for (int i = 0; i < wanted.size(); i++) {
                byte[] one = wanted.get(i);
                if (Arrays.equals(one, 0, one.length, bytes, from, to)) {
                    return true;
                }
            }
            return false;
        };
    }
}
