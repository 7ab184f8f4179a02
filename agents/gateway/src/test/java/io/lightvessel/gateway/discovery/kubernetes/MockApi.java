package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The mock API server, which can refuse and remembers what it was asked. One for all tests of a class: ending it takes
 * ten seconds at times.
 */
final class MockApi {

    private final Switchable dispatcher = new Switchable();
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);

    MockApi() {
        server.start();
    }

    int port() {
        return server.getPort();
    }

    /** Answers requests for paths with this part with a status, until it is allowed again. */
    void refuse(String part, int status) {
        dispatcher.refused.put(part, status);
    }

    void allow(String part) {
        dispatcher.refused.remove(part);
    }

    /** Methods and paths, as they came. */
    List<String> requests() {
        return dispatcher.requests;
    }

    /** Those that the code under test has made, not the test itself. */
    List<String> ownRequests() {
        return dispatcher.own;
    }

    private static final class Switchable extends KubernetesCrudDispatcher {
        private final Map<String, Integer> refused = new ConcurrentHashMap<>();
        private final List<String> requests = new CopyOnWriteArrayList<>();

        private final List<String> own = new CopyOnWriteArrayList<>();

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            requests.add(request.getMethod() + " " + request.getPath());
            if ("lightvessel".equals(request.getHeader("User-Agent"))) {
                own.add(request.getMethod() + " " + request.getPath());
            }
            for (Map.Entry<String, Integer> refusal : refused.entrySet()) {
                if (request.getPath().contains(refusal.getKey())) {
                    return new MockResponse()
                            .setResponseCode(refusal.getValue())
                            .setHeader("Content-Type", "application/json")
                            .setBody("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":"
                                    + refusal.getValue() + "}");
                }
            }
            return super.dispatch(request);
        }
    }
}
