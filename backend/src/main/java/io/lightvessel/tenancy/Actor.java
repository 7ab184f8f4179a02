package io.lightvessel.tenancy;

/** Who does something, as it is written into revisions and logs: {@code user:demo}, {@code token:lvp_4K…}, {@code system:demo}. */
public record Actor(String name) {

    public static Actor user(String name) {
        return new Actor("user:" + name);
    }

    public static Actor token(String name) {
        return new Actor("token:" + name);
    }

    public static Actor agent(String name) {
        return new Actor("agent:" + name);
    }

    public static Actor system(String name) {
        return new Actor("system:" + name);
    }
}
