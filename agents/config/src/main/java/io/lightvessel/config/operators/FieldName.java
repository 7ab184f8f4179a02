package io.lightvessel.config.operators;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an operator reads or writes: the body, or an attribute by name. */
public sealed interface FieldName {

    /** What {@link #parse} takes, for messages. */
    String EXPECTED = "body, attributes.NAME or attributes[\"NAME\"]";

    /** The record's text. */
    record Body() implements FieldName {}

    /** One of the record's attributes. */
    record Attribute(String name) implements FieldName {}

    static Optional<FieldName> parse(String text) {
        if (text.equals("body")) {
            return Optional.of(new Body());
        }
        Matcher form = Forms.ATTRIBUTE.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String plain = form.group("plain");
        return Optional.of(new Attribute(plain == null ? form.group("quoted") : plain));
    }

    /** Not part of what the interface promises. */
    final class Forms {
        private static final Pattern ATTRIBUTE =
                Pattern.compile("attributes(?:\\.(?<plain>[A-Za-z0-9_@-]+)|\\[[\"'](?<quoted>[^\"'\\]]+)[\"']\\])");

        private Forms() {}
    }
}
