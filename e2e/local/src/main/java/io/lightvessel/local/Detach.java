package io.lightvessel.local;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code up --detach}: starts the supervisor as a process of its own and relays what it says until it is ready. */
final class Detach {

    private final Home home;
    private final Options options;
    private final List<String> arguments;

    Detach(Home home, Options options, List<String> arguments) {
        this.home = home;
        this.options = options;
        this.arguments = arguments;
    }

    int run() throws InterruptedException {
        DataDir data = new DataDir(options.data());
        if (Run.read(data).filter(Run::supervised).isPresent()) {
            return Up.sayThatItRuns(data, options, Reporter.to(System.out));
        }
        Path log = data.log("supervisor");
        try {
            Files.createDirectories(log.getParent());
            Files.deleteIfExists(log);
            Process supervisor = new ProcessBuilder(command())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return relay(supervisor, log, data);
        } catch (IOException e) {
            throw new Failure("The supervisor could not be started: " + e.getMessage() + ".", e);
        }
    }

    private int relay(Process supervisor, Path log, DataDir data) throws IOException, InterruptedException {
        Thread onSignal = new Thread(supervisor::destroy, "stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try (RandomAccessFile said = new RandomAccessFile(log.toFile(), "r")) {
            while (true) {
                // Looked at before the log is read: what was said until then is then surely printed.
                boolean alive = supervisor.isAlive();
                boolean ready = ready(supervisor, data);
                print(said);
                if (ready) {
                    Runtime.getRuntime().removeShutdownHook(onSignal);
                    return 0;
                }
                if (!alive) {
                    return supervisor.exitValue();
                }
                Thread.sleep(100);
            }
        }
    }

    private static boolean ready(Process supervisor, DataDir data) {
        Optional<Run> run = Run.read(data);
        return run.isPresent()
                && run.get().phase() == Run.Phase.READY
                && run.get().supervisor().pid() == supervisor.pid();
    }

    private static void print(RandomAccessFile said) throws IOException {
        byte[] more = new byte[(int) (said.length() - said.getFilePointer())];
        said.readFully(more);
        System.out.print(new String(more, StandardCharsets.UTF_8));
        System.out.flush();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(Home.java(64, "-Dlightvessel.home=" + home.root()));
        String copies = System.getProperty("lightvessel.dist", "");
        if (!copies.isEmpty()) {
            command.add("-Dlightvessel.dist=" + copies);
        }
        command.addAll(List.of("-cp", home.localJar().toString(), Main.class.getName(), "up"));
        arguments.stream().filter(argument -> !argument.equals("--detach")).forEach(command::add);
        return command;
    }
}
