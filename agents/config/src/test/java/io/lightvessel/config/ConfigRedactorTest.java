package io.lightvessel.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfigRedactorTest {

    @Test
    void masksSecretsAndNothingElse() {
        String text = """
                exporters:
                  otlp: # the traces 😀
                    endpoint: http://user:hunter1@x:1
                    timeout: ${env:T:-5s}
                    headers:
                      Authorization: Bearer ${env:TOKEN}
                      X-Plain: hunter2 # not for eyes
                      X-Quoted: 'hunter3'
                      X-Default: ${env:X:-hunter4}
                      X-Block: |
                        hunter5
                      X-Last: hunter6
                  mystery:
                    password: hunter7
                service:
                  pipelines: {}
                """;
        assertThat(ConfigRedactor.redact(text)).isEqualTo("""
                exporters:
                  otlp: # the traces 😀
                    endpoint: "[REDACTED]"
                    timeout: ${env:T:-5s}
                    headers:
                      Authorization: Bearer ${env:TOKEN}
                      X-Plain: "[REDACTED]" # not for eyes
                      X-Quoted: "[REDACTED]"
                      X-Default: "[REDACTED]"
                      X-Block: "[REDACTED]"
                      X-Last: "[REDACTED]"
                  mystery:
                    password: "[REDACTED]"
                service:
                  pipelines: {}
                """);
    }

    @Test
    void aTextThatIsNoConfigIsMaskedWhole() {
        assertThat(ConfigRedactor.redact("a: [hunter2")).isEqualTo("[REDACTED]");
        assertThat(ConfigRedactor.redact("hunter2")).isEqualTo("[REDACTED]");
    }
}
