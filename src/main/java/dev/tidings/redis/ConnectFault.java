package dev.tidings.redis;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a server could not be reached, in words for the operator.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param predicate the sentence without its subject
 */
record ConnectFault(String predicate) {

    static ConnectFault of(IOException failure) {
        if (failure instanceof UnknownHostException) {
            return new ConnectFault("has a host name that is not known");
        } else if (failure instanceof SocketTimeoutException) {
            return new ConnectFault("did not answer in time");
        } else if (failure instanceof InterruptedIOException) {
            return new ConnectFault("was not waited for (" + failure.getMessage() + ")");
        } else if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return new ConnectFault("cannot be reached (" + failure.getMessage() + ")");
        } else if (find(failure, CertPathBuilderException.class) != null) {
            return new ConnectFault("shows a certificate that is not trusted: set tidings.redis.trust");
        }
        CertificateException fault = find(failure, CertificateException.class);
        if (fault != null) {
            return new ConnectFault("shows a certificate that does not fit (" + fault.getMessage() + ")");
        } else if (failure instanceof SSLException) {
            return new ConnectFault("does not agree on TLS (" + failure.getMessage() + ")");
        }
        return new ConnectFault("ended the connection (" + failure.getMessage() + ")");
    }

    String sentence(String server) {
        return server + " " + predicate;
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
        }
        return null;
    }
}
