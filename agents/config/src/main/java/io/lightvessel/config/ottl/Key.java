package io.lightvessel.config.ottl;

/** What stands in brackets: the key of a map, or an index of a list. */
public sealed interface Key {

    record Name(String name) implements Key {}

    record Index(int index) implements Key {}
}
