package io.lightvessel.collector.filelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PodPathTest {
    @Test
    void pathOfAContainersLogNamesItsPod() {
        assertThat(PodPath.parse(Path.of("/var/log/pods/shop_orders-7d9f_0aee1cd1-4a1b/orders/12.log")))
                .contains(new PodPath("shop", "orders-7d9f", "0aee1cd1-4a1b", "orders", "12"));
    }

    @Test
    void otherPathsNameNone() {
        assertThat(PodPath.parse(Path.of("/var/log/syslog"))).isEmpty();
        assertThat(PodPath.parse(Path.of("/var/log/pods/shop_orders/orders/0.log")))
                .isEmpty();
        assertThat(PodPath.parse(Path.of("/var/log/pods/shop_orders_1/orders/current.log")))
                .isEmpty();
    }
}
