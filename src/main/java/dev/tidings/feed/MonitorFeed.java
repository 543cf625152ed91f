package dev.tidings.feed;

import com.sun.management.OperatingSystemMXBean;
import dev.tidings.event.PublishRequest;
import dev.tidings.http.Json;
import dev.tidings.hub.ClientRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;

/** The load of this server every second, as JSON: its processor, its heap, its streams. */
public final class MonitorFeed implements Feed {

    /** The processor in percent of all cores, the heap in MiB, the streams that are open. */
    record Reading(double cpu, long heap, int streams) {}

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final ClientRegistry clients;

    /** Makes a monitor that counts these clients. */
    public MonitorFeed(ClientRegistry clients) {
        this.clients = clients;
    }

    @Override
    public String path() {
        return "monitor";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(1);
    }

    @Override
    public PublishRequest next(Instant now) {
        double cpu = Math.max(0, Math.round(system.getProcessCpuLoad() * 1000) / 10.0);
        Runtime runtime = Runtime.getRuntime();
        long heap = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
        return event(Json.text(new Reading(cpu, heap, clients.size())));
    }
}
