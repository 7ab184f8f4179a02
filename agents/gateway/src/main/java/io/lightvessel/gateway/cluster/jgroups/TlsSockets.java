package io.lightvessel.gateway.cluster.jgroups;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jgroups.util.DefaultSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sockets on which both sides prove that they know the secret. A handshake must not take for ever: the kernel of a machine
 * on which a process is stopped accepts connections in its name, and whoever waits there cannot look for others.
 */
final class TlsSockets extends DefaultSocketFactory {

    private static final Logger LOG = LoggerFactory.getLogger(TlsSockets.class);
    private static final int HANDSHAKE_MS = 2000;

    TlsSockets(SSLContext context) {
        super(context);
    }

    @Override
    public Socket createSocket(String service) throws IOException {
        Socket socket = super.createSocket(service);
        if (socket instanceof SSLSocket tls) {
            tls.setSoTimeout(HANDSHAKE_MS);
            tls.addHandshakeCompletedListener(_ -> waitForEver(tls));
        }
        return socket;
    }

    private static void waitForEver(SSLSocket socket) {
        try {
            socket.setSoTimeout(0);
        } catch (SocketException e) {
            LOG.debug("cluster: a connection ended right after its handshake", e);
        }
    }

    private static ServerSocket mutual(ServerSocket socket) {
        if (!(socket instanceof SSLServerSocket tls)) {
            throw new IllegalStateException("a server socket without TLS");
        }
        tls.setNeedClientAuth(true);
        return socket;
    }

    @Override
    public ServerSocket createServerSocket(String service) throws IOException {
        return mutual(super.createServerSocket(service));
    }

    @Override
    public ServerSocket createServerSocket(String service, int port) throws IOException {
        return mutual(super.createServerSocket(service, port));
    }

    @Override
    public ServerSocket createServerSocket(String service, int port, int backlog) throws IOException {
        return mutual(super.createServerSocket(service, port, backlog));
    }

    @Override
    public ServerSocket createServerSocket(String service, int port, int backlog, InetAddress bind) throws IOException {
        return mutual(super.createServerSocket(service, port, backlog, bind));
    }
}
