package io.lightvessel.bench.load;

/**
 * What a load consists of.
 *
 * @param grpc else HTTP/1.1
 * @param batch records per request
 * @param attributes per record
 * @param oneToOne the agent sends on each request by itself, neither merged nor cut
 * @param connections to the agent
 * @param streams calls at a time on each; HTTP/1.1 has one
 */
public record LoadPlan(
        Telemetry telemetry,
        boolean grpc,
        Coding coding,
        int batch,
        int attributes,
        boolean oneToOne,
        int connections,
        int streams) {}
