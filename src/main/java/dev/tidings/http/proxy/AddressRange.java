package dev.tidings.http.proxy;

import java.net.InetAddress;

/**
 * A block of IP addresses, as a CIDR ({@code 10.0.0.0/8}, {@code 2001:db8::/32}) or a single address.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param network the first address
 * @param bits how many of its leading bits all addresses of the block share
 */
record AddressRange(InetAddress network, int bits) {

    /**
     * Reads a block from its text.
     *
     * @throws IllegalArgumentException saying why the text is none
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            throw new IllegalArgumentException("\"" + text + "\" is neither an IP address nor a CIDR");
        }
        int longest = network.getAddress().length * Byte.SIZE;
        var range = new AddressRange(network, slash < 0 ? longest : bits(text, slash, longest));
        for (int bit = range.bits; bit < longest; bit++) {
            if (bit(network, bit)) {
                throw new IllegalArgumentException("\"" + text + "\" is no CIDR: the address has bits set beyond the "
                        + range.bits + " that count");
            }
        }
        return range;
    }

    /** Whether the address is in this block. */
    boolean contains(InetAddress address) {
        if (address.getAddress().length != network.getAddress().length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (bit(address, bit) != bit(network, bit)) {
                return false;
            }
        }
        return true;
    }

    private static int bits(String text, int slash, int longest) {
        String number = text.substring(slash + 1);
        int bits = number.matches("\\d{1,3}") ? Integer.parseInt(number) : longest + 1;
        if (bits > longest) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no CIDR: a number from 0 to " + longest + " follows the slash");
        }
        return bits;
    }

    private static boolean bit(InetAddress address, int index) {
        return (address.getAddress()[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1) == 1;
    }
}
