package io.lightvessel.platform.ui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Builds the console's addresses, relative to its root. */
public final class Paths {

    private Paths() {}

    public static String screen(Org org, String screen) {
        return "o/" + org.slug() + "/" + screen;
    }

    public static String home(Org org) {
        return screen(org, "home");
    }

    public static String clusters(Org org) {
        return screen(org, "clusters");
    }

    public static String cluster(Org org, String cluster) {
        return clusters(org) + "/" + cluster;
    }

    public static String stack(Org org, String cluster) {
        return cluster(org, cluster) + "/stack";
    }

    public static String blueprints(Org org) {
        return screen(org, "blueprints");
    }

    public static String blueprint(Org org, String blueprint) {
        return blueprints(org) + "/" + blueprint;
    }

    public static String agents(Org org, String filter) {
        return screen(org, "agents") + (filter.isBlank() ? "" : "?q=" + encode(filter));
    }

    public static String agent(Org org, String agent) {
        return screen(org, "agents") + "/" + encode(agent);
    }

    public static String topology(Org org, String cluster) {
        return screen(org, "topology") + "?cluster=" + encode(cluster);
    }

    public static String scaling(Org org, String cluster) {
        return screen(org, "scaling") + "?cluster=" + encode(cluster);
    }

    public static String enrolment(Org org) {
        return screen(org, "enrolment");
    }

    public static String enrolment(Org org, String token) {
        return enrolment(org) + "/" + encode(token);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
