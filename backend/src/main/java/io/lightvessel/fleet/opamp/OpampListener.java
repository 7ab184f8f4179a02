package io.lightvessel.fleet.opamp;

import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;

/** The second listening port, which agents use and which serves nothing else. */
public final class OpampListener {
    private static final String SOCKET_BUFFER_BYTES = "2048";

    private final @Nullable Connector connector;

    OpampListener(OpampProperties settings, @Nullable String address) {
        connector = settings.port() < 0 ? null : create(settings, address);
    }

    private static Connector create(OpampProperties settings, @Nullable String address) {
        Connector created = new Connector();
        created.setPort(settings.port());
        if (address != null) {
            created.setProperty("address", address);
        }
        created.setProperty(
                "connectionTimeout", Long.toString(settings.messageTimeout().toMillis()));
        created.setProperty("maxConnections", "65536");
        created.setProperty("acceptCount", "4096");
        // Two buffers of 8 KiB for each of ten thousand idle connections would be most of what an agent costs.
        created.setProperty("socket.appReadBufSize", SOCKET_BUFFER_BYTES);
        created.setProperty("socket.appWriteBufSize", SOCKET_BUFFER_BYTES);
        created.setProperty("server", "");
        return created;
    }

    @Nullable
    Connector connector() {
        return connector;
    }

    /** The port that is listened on, or -1 when there is none. */
    public int port() {
        return connector == null ? -1 : connector.getLocalPort();
    }
}
