package com.example.shop;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ships an order and tells the user: {@code POST /orders/7/ship}. */
final class ShipServlet extends HttpServlet {

    private static final Pattern ORDER = Pattern.compile("/(\\d{1,18})/ship");

    private final Hub hub;

    ShipServlet(Hub hub) {
        this.hub = hub;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Matcher path = ORDER.matcher(String.valueOf(request.getPathInfo()));
        if (!path.matches()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (!Csrf.isIn(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        long number = Long.parseLong(path.group(1));
        try {
            String answer = hub.publish(request.getRemoteUser(), "shipped", "{\"order\":" + number + "}");
            response.setContentType("application/json");
            response.getWriter().write(answer);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }
}
