package io.lightvessel.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code audit verify}: has a control plane check a tenant's audit log; exit code 0 only when it is whole. */
record AuditVerify(Path data, @Nullable String url, String tenant) {

    static AuditVerify parse(Path root, List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        String verb = rest.isEmpty() ? "nothing" : rest.removeFirst();
        if (!verb.equals("verify")) {
            throw new UsageError("audit: " + verb + " (expected: verify)");
        }
        Path data = root.resolve(".lightvessel").resolve("data");
        String url = null;
        String tenant = ControlPlane.TENANT;
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            switch (option) {
                case "--data" -> data = Path.of("").resolve(value(option, rest));
                case "--url" -> url = value(option, rest);
                case "--tenant" -> tenant = value(option, rest);
                default ->
                    throw new UsageError(
                            "unknown option: " + option + " (expected: --data DIR, --url URL or --tenant T)");
            }
        }
        return new AuditVerify(data.toAbsolutePath().normalize(), url, tenant);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new UsageError(option + ": no value given");
        }
        return rest.removeFirst();
    }

    int run() throws InterruptedException {
        try {
            Http.Answer answer = new Http()
                    .send(
                            "POST",
                            address() + "/api/v1/tenants/" + tenant + "/audit-log:verify",
                            Map.of("Authorization", "Bearer " + token()),
                            null);
            return tell(answer);
        } catch (IOException e) {
            throw new Failure("The control plane at " + address() + " does not answer: " + e.getMessage(), e);
        }
    }

    private int tell(Http.Answer answer) {
        JsonNode found = answer.json();
        if (answer.status() != 200) {
            throw new Failure(
                    "The control plane refused: " + found.path("detail").asString("status " + answer.status()));
        }
        long entries = found.path("entries").asLong();
        if (found.path("intact").asBoolean()) {
            System.out.println("The audit log of " + tenant + " is whole: " + entries + " entries, head "
                    + found.path("head").asString());
            return 0;
        }
        System.out.println("The audit log of " + tenant + " is broken: "
                + found.path("broken").path("reason").asString() + ". Intact up to entry " + entries + ".");
        return 1;
    }

    private String address() {
        if (url != null) {
            return url.replaceAll("/+$", "");
        }
        return Run.read(new DataDir(data))
                .map(run -> "http://127.0.0.1:" + run.port())
                .orElseThrow(() -> new Failure("Nothing runs from " + data + ". ./lightvessel up starts it."));
    }

    private String token() {
        String given = System.getenv("LIGHTVESSEL_TOKEN");
        if (given != null) {
            return given;
        }
        if (url != null) {
            throw new Failure("LIGHTVESSEL_TOKEN: nothing (expected: an API token of " + tenant + ").");
        }
        return new DataDir(data).apiToken();
    }
}
