package io.lightvessel.platform.ui;

/** Words who did something, as it is written into revisions and tokens. */
public final class ActorWords {

    private ActorWords() {}

    /** "user:ada" becomes "ada"; what the control plane or a program did is said so. */
    public static String of(String actor) {
        int colon = actor.indexOf(':');
        String name = actor.substring(colon + 1);
        return switch (colon < 0 ? "" : actor.substring(0, colon)) {
            case "user", "" -> name;
            case "token" -> "API token " + name;
            case "operator" -> name + " (platform operator)";
            case "agent" -> "agent " + name;
            case "system" -> "Lightvessel (" + name + ")";
            default -> actor;
        };
    }
}
