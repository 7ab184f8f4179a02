package io.lightvessel.collector.ebpf.symbols.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.collector.ebpf.symbols.PodContainer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessFactsTest {
    private static final Cgroup CONTAINER = new Cgroup("0123456789abcdef".repeat(4), "");

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/nginx, nginx -g daemon, nginx",
        "/usr/lib/jvm/bin/java, java -Xmx1g -cp a:b com.acme.Shop --port 1, Shop",
        "/usr/lib/jvm/bin/java, java @agent.options -jar /opt/lightvessel-agent.jar run, lightvessel-agent",
        "/usr/lib/jvm/bin/java, java -version, java",
        "/usr/bin/python3.11, python3 /srv/app.py --x, app.py",
        "/usr/bin/python3.11, python3 -m http.server, http.server",
        "/usr/bin/node, node server.js, server.js",
        "/usr/bin/node, node, node",
        "/usr/bin/bash, bash -c sleep, bash",
    })
    void programIsCalledAsPeopleWould(String file, String commandLine, String expected) {
        byte[] arguments = commandLine.replace(' ', '\0').getBytes(StandardCharsets.UTF_8);

        assertThat(ProgramName.of(file, arguments)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "A=1;OTEL_SERVICE_NAME=shop;B=2, shop",
        "'OTEL_RESOURCE_ATTRIBUTES=a=b,service.name=shop,c=d', shop",
        "'OTEL_RESOURCE_ATTRIBUTES=service.name=no;OTEL_SERVICE_NAME=shop', shop",
        "PATH=/bin;MY_OTEL_SERVICE_NAME=x, ''",
    })
    void nameThatAServiceHasGivenItselfIsFound(String environment, String expected) {
        assertThat(own(environment).serviceName()).isEqualTo(expected);
    }

    @Test
    void podThatAServiceNamesIsBelievedWhenNobodyElseKnows() {
        OwnAttributes own =
                own("OTEL_RESOURCE_ATTRIBUTES=k8s.namespace.name=shop,k8s.pod.name=orders-0,k8s.container.name=orders");
        ProcessFacts facts = new ProcessFacts(7, "main", "java", own, CONTAINER, false);

        assertThat(facts.labels("", null).values())
                .containsEntry("namespace", "shop")
                .containsEntry("pod", "orders-0")
                .containsEntry("container", "orders")
                .containsEntry("service_name", "shop/orders");
        assertThat(facts.labels("", new PodContainer("real", "p", "c", "")).values())
                .containsEntry("namespace", "real");
    }

    private static OwnAttributes own(String environment) {
        return OwnAttributes.find(environment.replace(';', '\0').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void annotationWinsThenOwnNameThenContainerThenProgram() {
        PodContainer annotated = new PodContainer("ns", "p-1", "app", "billing");
        PodContainer plain = new PodContainer("ns", "p-1", "app", "");

        assertThat(service("own", annotated)).isEqualTo("billing");
        assertThat(service("own", plain)).isEqualTo("own");
        assertThat(service("", plain)).isEqualTo("ns/app");
        assertThat(service("", null)).isEqualTo("java");
    }

    @Test
    void processThatIsGoneIsUnspecified() {
        ProcessFacts gone = new ProcessFacts(7, "", "", OwnAttributes.NONE, Cgroup.NONE, false);

        assertThat(gone.labels("", null).values()).isEqualTo(Map.of("pid", "7", "service_name", "unspecified"));
    }

    @Test
    void threadsOfTheKernelAreOneService() {
        ProcessFacts thread = new ProcessFacts(7, "kworker/0:1", "", OwnAttributes.NONE, Cgroup.NONE, true);

        assertThat(thread.labels("n1", null).values())
                .isEqualTo(Map.of("pid", "7", "service_name", "kernel", "comm", "kworker/0:1", "node", "n1"));
    }

    private static String service(String own, PodContainer pod) {
        return new ProcessFacts(7, "main", "java", new OwnAttributes(own, null), CONTAINER, false)
                .labels("n1", pod)
                .values()
                .get("service_name");
    }
}
