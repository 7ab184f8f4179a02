package io.lightvessel;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the control plane; with the frontend on the class path, the console too. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class LightvesselApplication {
    public static void main(String[] args) {
        SpringApplication.run(LightvesselApplication.class, args);
    }
}
