package io.lightvessel.config;

/**
 * A check that concerns more than one key of a component. It runs when every key has passed its own checks; values the
 * environment still has to give are not {@link Settings#isKnown known} then and must not be read.
 */
@FunctionalInterface
public interface ComponentRule {

    ComponentRule NONE = (_, _) -> {};

    void check(Settings settings, RuleReport report);
}
