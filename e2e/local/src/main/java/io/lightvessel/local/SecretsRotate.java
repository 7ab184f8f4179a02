package io.lightvessel.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code secrets rotate}: has a control plane change the key that seals what it keeps. */
record SecretsRotate(Path data, @Nullable String url) {

    static SecretsRotate parse(Path root, List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        String verb = rest.isEmpty() ? "nothing" : rest.removeFirst();
        if (!verb.equals("rotate")) {
            throw new UsageError("secrets: " + verb + " (expected: rotate)");
        }
        Path data = root.resolve(".lightvessel").resolve("data");
        String url = null;
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            if (rest.isEmpty()) {
                throw new UsageError(option + ": no value given");
            }
            switch (option) {
                case "--data" -> data = Path.of("").resolve(rest.removeFirst());
                case "--url" -> url = rest.removeFirst();
                default -> throw new UsageError("unknown option: " + option + " (expected: --data DIR or --url URL)");
            }
        }
        return new SecretsRotate(data.toAbsolutePath().normalize(), url);
    }

    int run() throws InterruptedException {
        try {
            Http.Answer answer = new Http()
                    .send(
                            "POST",
                            address() + "/api/v1/operator/secrets:rotate",
                            Map.of("Authorization", "Bearer " + token()),
                            null);
            if (answer.status() != 200) {
                throw new Failure("The control plane refused: "
                        + answer.json().path("detail").asString("status " + answer.status()));
            }
            System.out.println(answer.json().path("files").asInt() + " files are sealed with the new key "
                    + answer.json().path("key").asString() + "; the old one is given up.");
            return 0;
        } catch (IOException e) {
            throw new Failure("The control plane at " + address() + " does not answer: " + e.getMessage(), e);
        }
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
        String given = System.getenv("LIGHTVESSEL_OPERATOR_TOKEN");
        if (given != null) {
            return given;
        }
        if (url != null) {
            throw new Failure("LIGHTVESSEL_OPERATOR_TOKEN: nothing (expected: the operator's token).");
        }
        return new DataDir(data).operatorToken();
    }
}
