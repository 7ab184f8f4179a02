package io.lightvessel.pipeline.disk;

import io.lightvessel.pipeline.Order;
import io.lightvessel.pipeline.PayloadForm;
import java.util.List;
import java.util.Map;

/**
 * What has to be known of an entry beside its bytes to deliver it in another life of the process.
 *
 * @param pipeline whose books it is on
 * @param receivedBytes the size in which it was received
 * @param form how the bytes are to be read
 * @param order which sequences it is part of
 * @param packedFrom the size of the bytes before they were packed; 0 when they are as they were
 * @param time when it was stored, in milliseconds since the epoch
 * @param headers what the client sent along
 */
public record Envelope(
        String pipeline,
        int records,
        long receivedBytes,
        PayloadForm form,
        Order order,
        int packedFrom,
        long time,
        Map<String, List<String>> headers) {

    public Amount amount() {
        return new Amount(1, records, receivedBytes);
    }
}
