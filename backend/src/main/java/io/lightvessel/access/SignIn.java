package io.lightvessel.access;

/** The addresses of signing in, for whoever sets up the console's security. */
public final class SignIn {
    public static final String REGISTRATION = "lightvessel";

    /** Sends a browser to the provider. */
    public static final String START = "/oauth2/authorization/" + REGISTRATION;

    /** Where the provider sends it back to. */
    public static final String RETURN = "/login/oauth2/code/" + REGISTRATION;

    /** Where the provider says that someone signed out. */
    public static final String BACK_CHANNEL_LOGOUT = "/logout/connect/back-channel/" + REGISTRATION;

    private SignIn() {}
}
