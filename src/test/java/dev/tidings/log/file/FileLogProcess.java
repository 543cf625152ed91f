package dev.tidings.log.file;

import dev.tidings.log.Requests;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Another process that has a log open, and publishes as fast as it can after every line that it is sent. */
final class FileLogProcess {

    private FileLogProcess() {}

    /** Opens the log of the file named first, says so, and prints the id of every event when it is answered. */
    public static void main(String[] arguments) throws Exception {
        FileLog log = FileLog.open(Path.of(arguments[0]), Requests.AMPLE, Clock.systemUTC(), Requests.WAIT);
        log.follow(events -> {});
        System.out.println("open");
        if (System.in.read() < 0) {
            return;
        }
        for (int publisher = 0; publisher < 4; publisher++) {
            String name = "p" + publisher + ".";
            new Thread(() -> publish(log, name)).start();
        }
    }

    private static void publish(FileLog log, String name) {
        for (int n = 0; ; n++) {
            String id = log.append(List.of(Requests.of(name + n))).get(0).id();
            System.out.println(id + " " + name + n);
        }
    }
}
