package io.lightvessel.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where one installation keeps its files. */
public record DataDir(Path root) {

    Path runFile() {
        return root.resolve("run.json");
    }

    Path lock() {
        return root.resolve("run.lock");
    }

    Path log(String part) {
        return root.resolve("logs").resolve(part.replace(' ', '-') + ".log");
    }

    public Path agentState(AgentName agent) {
        return root.resolve("agents").resolve(agent.text());
    }

    /** Where the gateways settle who goes on when they cannot reach each other. */
    Path cluster() {
        return root.resolve("cluster");
    }

    Path pods() {
        return root.resolve("pods");
    }

    Path prometheus() {
        return root.resolve("prometheus");
    }

    /** The control plane writes it: user and password of the demo tenant's owner. */
    public SignIn signIn() {
        Path file = root.resolve("sign-in");
        List<String> lines = read(file).lines().toList();
        if (lines.size() < 2) {
            throw new Failure(file + " holds " + lines.size() + " lines (expected: user and password).");
        }
        return new SignIn(lines.get(0), lines.get(1));
    }

    /** The control plane writes it: an API token of the demo tenant. */
    public String apiToken() {
        return read(root.resolve("api-token")).strip();
    }

    /** The control plane writes it: what opens the operators' API. */
    String operatorToken() {
        return read(root.resolve("operator-token")).strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Failure(
                    file + " cannot be read: the product has not been started with this data directory yet.", e);
        }
    }

    /** How a person signs in. */
    public record SignIn(String user, String password) {
        @Override
        public String toString() {
            return "SignIn[user=" + user + "]";
        }
    }
}
