package guicheng.oracle;

import io.camunda.zeebe.gateway.interceptors.InterceptorUtil;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for Identity: a caller may act for the tenants that its bearer token names in the claim `tenants`. The signature is not looked at;
 * this runs in front of the oracle alone.
 */
public final class TenantsFromToken implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Pattern CLAIM = Pattern.compile("\"tenants\":\\[([^\\]]*)\\]");
  private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(final ServerCall<Q, A> call, final Metadata headers, final ServerCallHandler<Q, A> next) {
    return Contexts.interceptCall(InterceptorUtil.setAuthorizedTenants(tenantsIn(headers.get(AUTHORIZATION))), call, headers, next);
  }

  private static List<String> tenantsIn(final String authorization) {
    final List<String> tenants = new ArrayList<>();
    if (authorization == null) return tenants;
    final String claims = new String(Base64.getUrlDecoder().decode(authorization.split("\\.")[1]), StandardCharsets.UTF_8);
    final Matcher claim = CLAIM.matcher(claims);
    if (!claim.find()) return tenants;
    for (final Matcher text = TEXT.matcher(claim.group(1)); text.find(); ) tenants.add(text.group(1));
    return tenants;
  }
}
