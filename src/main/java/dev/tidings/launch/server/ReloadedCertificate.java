package dev.tidings.launch.server;

import dev.tidings.config.ServerSettings;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a server shows, which is read again when its files have changed.
 *
 * <p>Every few seconds the contents of the files are compared, since that also sees files that are exchanged by a link.
 * Connections that are open stay as they are; new ones see the new certificate. A certificate that cannot be used is
 * said in the log, and the last good one stays.
 *
 * <p><b>Threads.</b> One thread of its own reads the files while the server runs.
 */
final class ReloadedCertificate extends AbstractLifeCycle {

    private static final System.Logger LOG = System.getLogger(ReloadedCertificate.class.getName());

    private static final long PERIOD_SECONDS = 5;

    private final ServerSettings.Tls place;
    private final SslContextFactory.Server contexts = new SslContextFactory.Server();
    private byte[] seen;
    private @Nullable String said;
    private @Nullable Thread watching;

    /** @throws IllegalArgumentException with a sentence for the operator, when the files cannot be used */
    ReloadedCertificate(ServerSettings.Tls place) {
        this.place = place;
        seen = CertificateFiles.contents(place);
        show(contexts, CertificateFiles.read(place));
    }

    /** What makes the connections. */
    SslContextFactory.Server contexts() {
        return contexts;
    }

    @Override
    protected void doStart() {
        var thread = new Thread(this::watch, "certificate-watch");
        thread.setDaemon(true);
        thread.start();
        watching = thread;
    }

    @Override
    protected void doStop() {
        if (watching != null) {
            watching.interrupt();
        }
    }

    private void watch() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(PERIOD_SECONDS);
                look();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            byte[] now = CertificateFiles.contents(place);
            if (Arrays.equals(now, seen)) {
                return;
            }
            // Whatever is wrong with it is said once.
            seen = now;
            said = null;
            KeyMaterial material = CertificateFiles.read(place);
            requireUse(material);
            contexts.reload(present -> show(contexts, material));
            LOG.log(System.Logger.Level.INFO, "the certificate has changed and is in use: " + material.subject());
        } catch (Exception | Error failure) {
            // A file may be away for long, and the thread has to go on.
            String fault = String.valueOf(failure.getMessage());
            if (!fault.equals(said)) {
                said = fault;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the certificate has changed and cannot be used, so the last one stays: " + fault);
            }
        }
    }

    /** Jetty has nothing to show when it takes what it cannot use. */
    private static void requireUse(KeyMaterial material) throws Exception {
        var trial = new SslContextFactory.Server();
        show(trial, material);
        trial.start();
        trial.stop();
    }

    private static void show(SslContextFactory.Server contexts, KeyMaterial material) {
        contexts.setKeyStore(material.store());
        contexts.setKeyStorePassword(material.password());
    }
}
