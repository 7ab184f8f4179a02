package io.lightvessel.gateway.pyroscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.gateway.net.HttpAnswer;
import java.net.http.HttpHeaders;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectErrorFuzzTest {
    private static final class OfNoServer extends Exception {}

    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (_, _) -> true);

    @Test
    void errorsOfServers() {
        Fuzz.run(
                "connect-error",
                5000,
                input -> {
                    ConnectError error = ConnectError.of(new HttpAnswer(400, NO_HEADERS, input));
                    assertThat(error.sentence()).isNotEmpty();
                    if (error.code().isEmpty()) {
                        throw new OfNoServer();
                    }
                    return error.mayPass() + " " + error.isAboutContent();
                },
                OfNoServer.class);
    }
}
