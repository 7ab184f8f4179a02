package io.lightvessel.config.schema;

import io.lightvessel.config.ExtensionCapability;
import io.lightvessel.config.GoDuration;
import io.lightvessel.config.KeySchema;
import io.lightvessel.config.ObjectSchema;
import io.lightvessel.config.PromDuration;
import io.lightvessel.config.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The vocabulary in which component schemas are written down. */
final class Keys {

    private Keys() {}

    static ObjectSchema keys(KeySchema... keys) {
        return new ObjectSchema(List.of(keys));
    }

    /** Several groups of keys as one, for keys that many components share. */
    static ObjectSchema keys(ObjectSchema first, KeySchema... more) {
        List<KeySchema> all = new ArrayList<>(first.keys());
        all.addAll(List.of(more));
        return new ObjectSchema(all);
    }

    static ObjectSchema joined(ObjectSchema... groups) {
        return new ObjectSchema(
                Arrays.stream(groups).flatMap(group -> group.keys().stream()).toList());
    }

    static KeySchema text(String name, String doc) {
        return key(name, new ValueType.Text(), null, doc);
    }

    static KeySchema text(String name, String defaultValue, String doc) {
        return key(name, new ValueType.Text(), defaultValue, doc);
    }

    static KeySchema scalar(String name, String doc) {
        return key(name, new ValueType.Scalar(), null, doc);
    }

    static KeySchema listen(String name, String defaultValue, String doc) {
        return key(name, new ValueType.HostAndPort(), defaultValue, doc);
    }

    static KeySchema url(String name, String doc) {
        return key(name, new ValueType.Url(), null, doc);
    }

    static KeySchema flag(String name, boolean defaultValue, String doc) {
        return key(name, new ValueType.Flag(), String.valueOf(defaultValue), doc);
    }

    static KeySchema whole(String name, long min, long max, long defaultValue, String doc) {
        return key(name, new ValueType.Whole(min, max), String.valueOf(defaultValue), doc);
    }

    static KeySchema decimal(String name, double min, double max, String defaultValue, String doc) {
        return key(name, new ValueType.Decimal(min, max), defaultValue, doc);
    }

    static KeySchema duration(String name, String min, String defaultValue, String doc) {
        Duration least = GoDuration.parse(min).orElseThrow();
        return key(name, new ValueType.Span(least), defaultValue, doc);
    }

    static KeySchema choice(String name, List<String> words, String defaultValue, String doc) {
        return key(name, new ValueType.Choice(words), defaultValue, doc);
    }

    /** A choice without a default. */
    static KeySchema choice(String name, List<String> words, String doc) {
        return key(name, new ValueType.Choice(words), null, doc);
    }

    static KeySchema flag(String name, String doc) {
        return key(name, new ValueType.Flag(), null, doc);
    }

    /** A duration in Prometheus' notation; null as default leaves it out. */
    static KeySchema promDuration(String name, String min, @Nullable String defaultValue, String doc) {
        Duration least = PromDuration.parse(min).orElseThrow();
        return key(name, new ValueType.PromSpan(least), defaultValue, doc);
    }

    static KeySchema size(String name, @Nullable String defaultValue, String doc) {
        return key(name, new ValueType.Size(), defaultValue, doc);
    }

    static KeySchema textListMap(String name, String doc) {
        return key(name, new ValueType.TextListMap(), null, doc);
    }

    /** A key that is known from elsewhere and refused, with the reason. */
    static KeySchema refused(String name, String reason) {
        return key(name, new ValueType.Refused(), null, reason);
    }

    static KeySchema texts(String name, String doc) {
        return key(name, new ValueType.TextList(), null, doc);
    }

    static KeySchema textMap(String name, String doc) {
        return key(name, new ValueType.TextMap(), null, doc);
    }

    /** The id of an extension that can do something for the component. */
    static KeySchema extension(String name, ExtensionCapability capability, String doc) {
        return key(name, new ValueType.ExtensionId(capability), null, doc);
    }

    static KeySchema section(String name, ObjectSchema keys, String doc) {
        return key(name, new ValueType.Section(keys, false), null, doc);
    }

    static KeySchema optionalSection(String name, ObjectSchema keys, String doc) {
        return key(name, new ValueType.Section(keys, true), null, doc);
    }

    static KeySchema sections(String name, ObjectSchema keys, String doc) {
        return key(name, new ValueType.SectionList(keys), null, doc);
    }

    static KeySchema sectionMap(String name, ObjectSchema keys, String doc) {
        return key(name, new ValueType.SectionMap(keys), null, doc);
    }

    static KeySchema required(KeySchema key) {
        return new KeySchema(key.name(), key.type(), null, true, key.secret(), key.effective(), key.doc());
    }

    static KeySchema secret(KeySchema key) {
        return new KeySchema(
                key.name(), key.type(), key.defaultValue(), key.required(), true, key.effective(), key.doc());
    }

    /** Accepted, but without effect here; its doc says what holds instead. */
    static KeySchema ineffective(KeySchema key) {
        return new KeySchema(
                key.name(), key.type(), key.defaultValue(), key.required(), key.secret(), false, key.doc());
    }

    static KeySchema key(String name, ValueType type, @Nullable String defaultValue, String doc) {
        return new KeySchema(name, type, defaultValue, false, false, true, doc);
    }
}
