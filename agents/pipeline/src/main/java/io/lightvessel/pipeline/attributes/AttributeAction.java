package io.lightvessel.pipeline.attributes;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One edit of a plan. Attributes are named by slots, which are indices into the plan's keys. */
sealed interface AttributeAction {

    /** Where a value to set comes from. */
    sealed interface Source {

        /** @param value the encoded value */
        record Constant(byte[] value) implements Source {}

        record Attribute(int slot) implements Source {}

        /** What the client sent along; several values are joined by semicolons. */
        record Header(String name) implements Source {}

        /** Something this agent does not know of a client, so that it is never there. */
        record Nothing() implements Source {}
    }

    /** When a value is set. */
    enum When {
        MISSING,
        PRESENT,
        ALWAYS
    }

    /** @param fallback the encoded value to set when the source has none; null sets nothing then */
    record Set(int slot, When when, Source source, byte @Nullable [] fallback) implements AttributeAction {}

    /**
     * @param slot the attribute to delete; -1 for none
     * @param keys keys to delete besides
     */
    record Delete(int slot, @Nullable TextPattern keys) implements AttributeAction {}

    /**
     * @param slot the attribute to hash; -1 for none
     * @param keys keys to hash besides
     */
    record Hash(int slot, @Nullable TextPattern keys) implements AttributeAction {}

    /** @param targets slots for the pattern's groups, in their order */
    record Extract(int slot, Pattern pattern, List<Integer> targets) implements AttributeAction {}

    record Convert(int slot, Type type) implements AttributeAction {}

    /** What values can be converted to. */
    enum Type {
        INT,
        DOUBLE,
        STRING
    }
}
