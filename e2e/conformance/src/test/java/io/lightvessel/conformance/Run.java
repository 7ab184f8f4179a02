package io.lightvessel.conformance;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The suite as its users run it, and what it said. */
record Run(int exit, String lines, JsonNode report) {

    static Run of(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of("otlp", "--json", "--max-body", "1"));
        all.addAll(List.of(arguments));
        int exit = Main.run(
                all,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        JsonNode report = JsonMapper.shared().readTree(out.toByteArray());
        return new Run(exit, err.toString(StandardCharsets.UTF_8), report);
    }

    /** What is said of an address that the suite does not get to. */
    static String refused(String url) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.run(
                List.of("otlp", url),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        if (exit != 2) {
            throw new AssertionError("exit code " + exit);
        }
        return err.toString(StandardCharsets.UTF_8);
    }

    /** What came, by id, of the cases of this level that had this verdict. */
    Map<String, String> cases(String level, String verdict) {
        Map<String, String> found = new TreeMap<>();
        for (JsonNode one : report.path("cases")) {
            if (one.path("level").asString("").equals(level)
                    && one.path("verdict").asString("").equals(verdict)) {
                found.put(one.path("id").asString(""), one.path("came").asString(""));
            }
        }
        return found;
    }
}
