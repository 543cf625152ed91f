package dev.tidings.container;
import dev.tidings.testing.*;
import java.nio.file.*;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
class Scratch2IT {
    @ParameterizedTest @EnumSource
    void smallHeap(ContainerKind kind) throws Exception {
        int heap = Integer.getInteger("scratch.heap", 64);
        try (Container hub = ContainerSpec.of(kind).heap(heap).set("tidings.heartbeat","1s").options("-XX:+UseSerialGC").start()) {
            System.out.println(kind + " pid " + hub.pid() + " " + hub.log());
            String data = "x".repeat(100_000);
            int ok = 0, bad = 0; int last = 0;
            for (int i = 0; i < 400; i++) {
                try { last = Raw.ask(hub, "POST", "/msg?topic=/b", "Content-Type: text/plain\r\nContent-Length: " + data.length() + "\r\n" + Raw.authorized(Tokens.operator()) + "\r\n" + data).status(); } catch (Throwable t) { last = -1; }
                if (last == 201) ok++; else bad++;
            }
            System.out.println("published ok " + ok + " bad " + bad + " last " + last);
            long t = System.nanoTime();
            try (Crowd crowd = new Crowd(hub.uri())) {
                java.util.concurrent.atomic.AtomicInteger n = new java.util.concurrent.atomic.AtomicInteger();
                java.util.List<CrowdStream> all = new java.util.ArrayList<>();
                for (int i = 0; i < 2000; i++) { CrowdStream s = new CrowdStream(hub.stream("/events?topic=/b&lastEventID=earliest").with(Tokens.operator()), 0, (st, e) -> n.incrementAndGet()); all.add(s); crowd.open(s); }
                for (int i = 0; i < 30; i++) { Thread.sleep(1000); }
                System.out.println("open " + all.stream().filter(CrowdStream::isOpen).count() + " events " + n + " faults " + crowd.faults());
                System.out.println("health " + health(hub));
            }
            for (int i = 0; i < 60; i++) {
                Thread.sleep(1000);
                String s; try { s = Clients.list(hub, "?limit=1000").size() + ""; } catch (Throwable e) { s = e.toString().split("\n")[0]; }
                if (i % 10 == 0 || s.equals("0")) System.out.println(i + " registered " + s + " health " + health(hub));
                if (s.equals("0")) break;
            }
            try { System.out.println("publish " + Raw.ask(hub, "POST", "/msg?topic=/b", "Content-Type: text/plain\r\nContent-Length: 1\r\n" + Raw.authorized(Tokens.operator()) + "\r\nx").status()); } catch (Throwable x) { System.out.println("publish " + x); }
            Files.writeString(Path.of("/tmp/threads/threads-" + kind.name() + ".txt"), Jvm.of(hub).threads());
        }
    }
    static String health(Container hub) { try { Answer a = Raw.ask(hub, "GET", "/health/ready", "Connection: close\r\n"); return a.status() + " " + a.body(); } catch (Throwable e) { return e.toString().split("\n")[0]; } }
}
