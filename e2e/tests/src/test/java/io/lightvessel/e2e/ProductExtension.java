package io.lightvessel.e2e;

import io.lightvessel.local.Home;
import io.lightvessel.local.Options;
import io.lightvessel.local.Product;
import io.lightvessel.local.Reporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the whole product once for all tests, beside any that already runs, and stops it after the last. */
final class ProductExtension implements ParameterResolver {

    static final Path HOME = Path.of(System.getProperty("lightvessel.home", "../.."))
            .toAbsolutePath()
            .normalize();
    static final Path TARGET =
            Path.of(System.getProperty("lightvessel.e2e.directory", "target")).toAbsolutePath();
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create("product");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Product.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("product", key -> new Started(start()), Started.class)
                .product();
    }

    private static Product start() {
        Path data = TARGET.resolve("product");
        try {
            delete(data);
            return Product.start(Home.built(HOME), Options.beside(data), Reporter.to(System.out));
        } catch (IOException e) {
            throw new IllegalStateException("the data of the last run cannot be removed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting the product", e);
        }
    }

    static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Closed by JUnit when the last test is done. */
    private record Started(Product product) implements AutoCloseable {
        @Override
        public void close() {
            product.close();
        }
    }
}
