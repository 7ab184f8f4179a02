package io.lightvessel.fleet;

/** How an agent speaks OpAMP. */
public enum TransportKind {
    WEBSOCKET,
    HTTP
}
