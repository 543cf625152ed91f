package dev.tidings.http;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Makes every x that is answered an X: what a site may put before a hub, where the bytes tell whether it was passed by. */
final class Shouting {

    private Shouting() {}

    /** What becomes of this text. */
    static String shouted(String text) {
        return text.replace('x', 'X');
    }

    /** One that wraps the response's output stream. */
    static Filter filter() {
        return (request, response, chain) ->
                chain.doFilter(request, new ShoutingResponse((HttpServletResponse) response));
    }

    /** One that wraps the response below the servlets. */
    static Handler.Wrapper handler() {
        return new Handler.Wrapper() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                var shouting = new Response.Wrapper(request, response) {
                    @Override
                    public void write(boolean last, ByteBuffer content, Callback done) {
                        super.write(last, content == null ? null : shouted(content), done);
                    }
                };
                return super.handle(request, shouting, callback);
            }
        };
    }

    private static ByteBuffer shouted(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return ByteBuffer.wrap(shouted(bytes, 0, bytes.length));
    }

    private static byte[] shouted(byte[] bytes, int offset, int length) {
        byte[] shouted = new byte[length];
        for (int i = 0; i < length; i++) {
            byte b = bytes[offset + i];
            shouted[i] = b == 'x' ? (byte) 'X' : b;
        }
        return shouted;
    }

    private static final class ShoutingResponse extends HttpServletResponseWrapper {

        ShoutingResponse(HttpServletResponse response) {
            super(response);
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return new ShoutingOutput(super.getOutputStream());
        }
    }

    private static final class ShoutingOutput extends ServletOutputStream {

        private final ServletOutputStream out;

        ShoutingOutput(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b == 'x' ? 'X' : b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(shouted(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
