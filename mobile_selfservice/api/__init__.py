"""What browsers and other systems call over plain HTTP: sign-in, files, links."""
