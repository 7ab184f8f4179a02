package io.lightvessel.gateway.scrape.http;

import io.netty.util.NetUtil;

/** Networks as {@code no_proxy} has them. */
final class Network {
    private Network() {}

    /** Whether a host that is given as an address lies within the network; names do not. */
    static boolean contains(String network, String prefix, String host) {
        byte[] base = NetUtil.createByteArrayFromIpAddressString(network);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        if (base == null || address == null || base.length != address.length) {
            return false;
        }
        int bits;
        try {
            bits = Integer.parseInt(prefix);
        } catch (NumberFormatException e) {
            return false;
        }
        if (bits < 0 || bits > base.length * 8) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i & 7);
            if ((base[i >> 3] & mask) != (address[i >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }
}
