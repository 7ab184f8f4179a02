package io.lightvessel.fleet.opamp;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** OpAMP over WebSocket: upgrades requests and ends connections whose peers are too slow. */
final class WebSocketTransport implements AutoCloseable {
    private final OpampProperties settings;
    private final InboundBudget budget;
    private final Set<WebSocketLink> links = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("opamp-sweeper").daemon().factory());

    WebSocketTransport(OpampProperties settings, InboundBudget budget) {
        this.settings = settings;
        this.budget = budget;
        sweeper.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
    }

    void upgrade(
            HttpServletRequest request, HttpServletResponse response, Conversation conversation, String remoteAddress)
            throws IOException, ServletException {
        ServerContainer container =
                (ServerContainer) request.getServletContext().getAttribute(ServerContainer.class.getName());
        WebSocketLink link = new WebSocketLink(conversation, remoteAddress, settings, budget, links);
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(WebSocketLink.class, "/v1/opamp")
                .configurator(new ExistingEndpoint(link))
                .build();
        try {
            container.upgradeHttpToWebSocket(request, response, config, Map.of());
        } catch (DeploymentException e) {
            throw new ServletException("the WebSocket upgrade of " + remoteAddress + " failed", e);
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        links.forEach(link -> link.closeIfTooSlow(now));
    }

    /** Tells every agent to come back later; otherwise they would see a broken connection. */
    @Override
    public void close() {
        sweeper.shutdownNow();
        links.forEach(link -> link.close(WebSocketLink.GOING_AWAY, "the control plane is stopping"));
    }

    /** Gives the container the endpoint that belongs to this very connection. */
    private static final class ExistingEndpoint extends ServerEndpointConfig.Configurator {
        private final WebSocketLink link;

        ExistingEndpoint(WebSocketLink link) {
            this.link = link;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(link);
        }
    }
}
